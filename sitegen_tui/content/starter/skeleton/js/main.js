const bar = document.querySelector(".bar");
const menu = document.querySelector(".menu");
const nav = document.querySelector(".nav");

menu.addEventListener("click", () => {
  menu.setAttribute("aria-expanded", String(nav.classList.toggle("is-open")));
});

addEventListener("scroll", () => bar.classList.toggle("is-stuck", scrollY > 40), { passive: true });
