(() => {
  const top = document.querySelector(".top");
  const toggle = document.querySelector(".top__toggle");
  const pages = document.querySelector("#pages");
  const bill = document.querySelector("#bill");
  const roofs = [...document.querySelectorAll(".roof")];
  const share = document.querySelector("#share");
  const saved = document.querySelector("#saved");

  const setMenu = (open) => {
    pages.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => setMenu(!pages.classList.contains("is-open")));
  pages.addEventListener("click", (event) => {
    if (event.target.closest("a")) setMenu(false);
  });

  const tint = () => top.classList.toggle("is-scrolled", window.scrollY > 60);
  window.addEventListener("scroll", tint, { passive: true });
  tint();

  const reckon = () => {
    const roof = roofs.find((one) => one.getAttribute("aria-pressed") === "true");
    const part = Number(roof.dataset.share);
    share.textContent = `${part} %`;
    saved.textContent = String(Math.floor((Number(bill.value) * 12 * part) / 100));
  };
  roofs.forEach((roof) => {
    roof.addEventListener("click", () => {
      roofs.forEach((other) => other.setAttribute("aria-pressed", String(other === roof)));
      reckon();
    });
  });
  bill.addEventListener("input", reckon);

  document.querySelectorAll("form").forEach((form) => {
    form.addEventListener("submit", (event) => event.preventDefault());
  });
})();
