// A button with data-print prints the page; print.css leaves out what is not paper's business.
export function once() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}
