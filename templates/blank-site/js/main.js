const [bar, menu, nav] = [".top", ".menu", ".nav"].map(s => document.querySelector(s));
menu.onclick = () => menu.setAttribute("aria-expanded", nav.classList.toggle("open"));
onscroll = () => bar.classList.toggle("stuck", scrollY > 40);
