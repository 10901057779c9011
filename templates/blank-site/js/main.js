const bar = document.querySelector(".top");
const menu = document.querySelector(".menu");
const nav = document.querySelector(".nav");
menu.onclick = () => menu.setAttribute("aria-expanded", nav.classList.toggle("open"));
onscroll = () => bar.classList.toggle("scrolled", scrollY > 40);
