(() => {
  const lintel = document.querySelector(".lintel");
  const toggle = document.querySelector(".lintel__toggle");
  const ways = document.querySelector("#ways");
  const times = [...document.querySelectorAll(".time")];
  const amounts = [...document.querySelectorAll(".amount")];
  const buys = document.querySelector("#buys");
  const often = document.querySelector("#times");

  const setMenu = (open) => {
    ways.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!ways.classList.contains("is-open")));
  ways.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => lintel.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  const choose = (group, tell) => {
    group.forEach((button) => {
      button.addEventListener("click", () => {
        group.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        tell(button);
      });
    });
  };
  choose(amounts, (button) => {
    buys.textContent = button.dataset.buys;
  });
  choose(times, (button) => {
    often.textContent = button.dataset.word;
  });

  document.querySelector("#message").addEventListener("submit", (event) => event.preventDefault());
})();
