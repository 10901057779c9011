(() => {
  const bar = document.querySelector(".bar");
  const toggle = document.querySelector(".bar__toggle");
  const index = document.querySelector("#index");
  const buttons = document.querySelectorAll(".filter__button");
  const pieces = document.querySelectorAll(".piece");

  const setMenu = (open) => {
    index.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!index.classList.contains("is-open")));
  index.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => bar.classList.toggle("is-scrolled", window.scrollY > 80);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  buttons.forEach((button) => {
    button.addEventListener("click", () => {
      const kind = button.dataset.kind;
      buttons.forEach((other) => other.classList.toggle("is-on", other === button));
      pieces.forEach((piece) => {
        piece.hidden = kind !== "all" && piece.dataset.kind !== kind;
      });
    });
  });

  document.querySelector("#note").addEventListener("submit", (event) => event.preventDefault());
})();
