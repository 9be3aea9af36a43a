// The rehearsal log-ins on the log-in page: a click fills the form and puts the cursor on the way in.
for (const button of document.querySelectorAll("[data-demo-username]")) {
  button.addEventListener("click", () => {
    const form = document.querySelector("form[action] input[name=username]").form;
    form.elements.username.value = button.dataset.demoUsername;
    form.elements.password.value = button.dataset.demoPassword;
    form.querySelector("button.btn-primary").focus();
    form.scrollIntoView({ block: "start" });
  });
}
