(() => {
  const lid = document.querySelector(".lid");
  const toggle = document.querySelector(".lid__toggle");
  const ways = document.querySelector("#ways");
  const tabs = document.querySelectorAll(".tab");

  const setMenu = (open) => {
    ways.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!ways.classList.contains("is-open")));
  ways.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setMenu(false);
  });

  const tint = () => lid.classList.toggle("is-scrolled", window.scrollY > 50);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  tabs.forEach((tab) => {
    tab.addEventListener("click", () => {
      tabs.forEach((other) => {
        other.classList.toggle("is-on", other === tab);
        document.getElementById(other.dataset.panel).hidden = other !== tab;
      });
    });
  });

  document.querySelector("#visit").addEventListener("submit", (event) => event.preventDefault());
})();
