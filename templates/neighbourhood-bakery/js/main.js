(() => {
  const header = document.querySelector(".site-header");
  const toggle = document.querySelector(".nav-toggle");
  const nav = document.querySelector("#site-nav");
  const question = document.querySelector(".allergens__toggle");
  const allergens = document.querySelector("#allergens");

  const setMenu = (open) => {
    nav.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!nav.classList.contains("is-open")));
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => header.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  question.addEventListener("click", () => {
    allergens.hidden = !allergens.hidden;
    question.setAttribute("aria-expanded", String(!allergens.hidden));
  });

  document.querySelector("#order").addEventListener("submit", (event) => event.preventDefault());
})();
