// The box "Review and notes" acts in place: its buttons send what they would send on their own page, and the box
// is drawn anew from the answer. Nothing of the article's own form is sent or lost.
(function () {
  "use strict";
  const ready = () => {
    const form = document.getElementById("desk-talk");
    const box = document.getElementById("desk-talk-box");
    const status = document.getElementById("desk-talk-said");
    if (!form || !box) return;
    for (const element of box.querySelectorAll("[data-needs-script]")) element.hidden = false;

    const say = (text) => {
      status.textContent = "";
      status.textContent = text;
    };
    const complain = (text) => {
      let note = box.querySelector(".talk-said");
      if (!note) box.prepend(note = Object.assign(document.createElement("p"), { className: "talk-said" }));
      note.dataset.level = "error";
      note.textContent = text;
      say(text);
    };
    // Where the pressed button is gone, the focus goes to what was wrong or to the heading.
    const draw = (html) => {
      // What stands in a field of the article's own form was not sent, and stays.
      const message = document.getElementById("talk-message")?.value;
      box.innerHTML = html;
      const field = document.getElementById("talk-message");
      if (field && message && !field.value) field.value = message;
      const said = box.querySelector(".talk-said")?.textContent ?? "";
      say(said || box.querySelector("[role=alert]")?.textContent || "");
      (box.querySelector("[aria-invalid]") ?? document.getElementById("desk-review-heading")).focus();
    };

    const send = async (button) => {
      let answer;
      try {
        // The property `formAction` says the page's own address where the button names none.
        const address = button.getAttribute("formaction") ?? form.getAttribute("action");
        const headers = { "X-Requested-With": "fetch" };
        answer = await fetch(address, { method: "POST", body: new FormData(form, button), headers });
      } catch {
        return complain(status.dataset.lost);
      }
      if (answer.redirected) return complain(status.dataset.login);
      if (!answer.ok && answer.status !== 422) return complain(status.dataset.denied);
      return draw(await answer.text());
    };
    let isBusy = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      send(event.submitter).finally(() => { isBusy = false; });
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
