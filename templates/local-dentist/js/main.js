(() => {
  const head = document.querySelector(".head");
  const button = head.querySelector(".head__menu");
  const nav = document.querySelector("#rooms-nav");
  const ask = document.querySelector(".calm-toggle");
  const calm = document.querySelector("#calm");

  const show = (open) => {
    nav.classList.toggle("is-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(!nav.classList.contains("is-open")));
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a")) show(false);
  });

  const lower = () => head.classList.toggle("is-low", window.scrollY > 80);
  window.addEventListener("scroll", lower, { passive: true });
  lower();

  ask.addEventListener("click", () => {
    calm.hidden = !calm.hidden;
    ask.setAttribute("aria-expanded", String(!calm.hidden));
  });

  document.querySelector("#request").addEventListener("submit", (event) => event.preventDefault());
})();
