(() => {
  const header = document.querySelector(".site-header");
  const toggle = document.querySelector(".nav-toggle");
  const nav = document.querySelector("#site-nav");
  const lightbox = document.querySelector("#lightbox");
  const picture = lightbox.querySelector(".lightbox__picture");
  const close = lightbox.querySelector(".lightbox__close");
  let opener = null;

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

  const hide = () => {
    lightbox.hidden = true;
    if (opener) opener.focus();
  };
  document.querySelectorAll(".gallery__item").forEach((item) => {
    item.addEventListener("click", (event) => {
      event.preventDefault();
      const small = item.querySelector("img");
      opener = item;
      picture.src = item.getAttribute("href");
      picture.alt = small.alt;
      lightbox.hidden = false;
      close.focus();
    });
  });
  close.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !lightbox.hidden) hide();
  });

  document.querySelector("#enquiry").addEventListener("submit", (event) => event.preventDefault());
})();
