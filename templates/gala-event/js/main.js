(() => {
  const head = document.querySelector(".head");
  const toggle = document.querySelector(".head__toggle");
  const nav = document.querySelector("#nav");
  const count = document.querySelector("#count");
  const sum = document.querySelector("#sum");
  const CHAIR = 1400;

  const setMenu = (open) => {
    nav.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!nav.classList.contains("is-open")));
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => head.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  document.querySelectorAll(".speaker__more").forEach((button) => {
    const note = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      note.hidden = !note.hidden;
      button.setAttribute("aria-expanded", String(!note.hidden));
    });
  });

  document.querySelectorAll(".counter__step").forEach((button) => {
    button.addEventListener("click", () => {
      const chairs = Math.min(10, Math.max(1, Number(count.textContent) + Number(button.dataset.step)));
      count.textContent = String(chairs);
      sum.textContent = (chairs * CHAIR).toLocaleString("en-GB");
    });
  });

  document.querySelector("#reply").addEventListener("submit", (event) => event.preventDefault());
})();
