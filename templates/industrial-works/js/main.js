(() => {
  const mast = document.querySelector(".mast");
  const toggle = document.querySelector(".mast__toggle");
  const ways = document.querySelector("#ways");

  const setMenu = (open) => {
    ways.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!ways.classList.contains("is-open")));
  ways.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => mast.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  const choose = (selector, chosen) => {
    const buttons = [...document.querySelectorAll(selector)];
    buttons.forEach((button) => {
      button.addEventListener("click", () => {
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        chosen(button.dataset);
      });
    });
  };
  choose(".unit", ({ unit }) => {
    document.querySelectorAll(".machine__reach").forEach((reach) => {
      reach.textContent = reach.dataset[unit];
    });
  });
  choose(".step__gate", ({ note }) => {
    document.querySelector("#gate-note").textContent = note;
  });
  choose(".kind", ({ hint }) => {
    document.querySelector("#hint").textContent = hint;
  });

  document.querySelector("#ask").addEventListener("submit", (event) => event.preventDefault());
})();
