(() => {
  const mast = document.querySelector(".mast");
  const button = document.querySelector(".mast__menu");
  const chapters = document.querySelector("#chapters");
  const filters = [...document.querySelectorAll(".filter")];
  const members = [...document.querySelectorAll(".member")];

  const open = (wanted) => {
    chapters.classList.toggle("is-open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  button.addEventListener("click", () => open(!chapters.classList.contains("is-open")));
  chapters.addEventListener("click", (event) => {
    if (event.target.closest("a")) open(false);
  });

  const set = () => mast.classList.toggle("is-set", window.scrollY > 80);
  window.addEventListener("scroll", set, { passive: true });
  set();

  filters.forEach((filter) => {
    filter.addEventListener("click", () => {
      const kind = filter.dataset.show;
      members.forEach((member) => { member.hidden = kind !== "all" && member.dataset.kind !== kind; });
      filters.forEach((other) => other.classList.toggle("is-on", other === filter));
    });
  });

  document.querySelector("#report").addEventListener("submit", (event) => event.preventDefault());
})();
