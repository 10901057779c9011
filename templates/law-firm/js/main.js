(() => {
  const plate = document.querySelector(".plate");
  const button = document.querySelector(".plate__menu");
  const index = document.querySelector("#index");
  const openers = [...document.querySelectorAll(".area__open")];

  const open = (wanted) => {
    index.classList.toggle("is-open", wanted);
    button.setAttribute("aria-expanded", String(wanted));
  };
  button.addEventListener("click", () => open(!index.classList.contains("is-open")));
  index.addEventListener("click", (event) => {
    if (event.target.closest("a")) open(false);
  });

  const wear = () => plate.classList.toggle("is-worn", window.scrollY > 90);
  window.addEventListener("scroll", wear, { passive: true });
  wear();

  const more = (opener) => document.getElementById(opener.getAttribute("aria-controls"));
  const unfold = (opener, wanted) => {
    opener.setAttribute("aria-expanded", String(wanted));
    more(opener).hidden = !wanted;
  };
  openers.forEach((opener) => {
    opener.addEventListener("click", () => {
      const wanted = more(opener).hidden;
      openers.forEach((other) => unfold(other, other === opener && wanted));
    });
  });

  document.querySelector("#brief").addEventListener("submit", (event) => event.preventDefault());
})();
