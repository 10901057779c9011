(() => {
  const flap = document.querySelector(".flap");
  const toggle = document.querySelector(".flap__toggle");
  const folds = document.querySelector("#folds");
  const more = document.querySelector(".more");
  const rest = document.querySelector("#rest");
  const days = [...document.querySelectorAll(".day")];
  const sessions = [...document.querySelectorAll(".session")];

  const setMenu = (open) => {
    folds.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!folds.classList.contains("is-open")));
  folds.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => flap.classList.toggle("is-moved", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  more.addEventListener("click", () => {
    rest.hidden = !rest.hidden;
    more.setAttribute("aria-expanded", String(!rest.hidden));
  });

  days.forEach((button) => {
    button.addEventListener("click", () => {
      days.forEach((other) => {
        other.classList.toggle("is-on", other === button);
        other.setAttribute("aria-pressed", String(other === button));
      });
      sessions.forEach((session) => {
        session.hidden = button.dataset.day !== "all" && session.dataset.day !== button.dataset.day;
      });
    });
  });

  document.querySelector("#join").addEventListener("submit", (event) => event.preventDefault());
})();
