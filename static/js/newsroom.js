// The mark that lets public pages ask whether to show "Edit"; gone when somebody logs out.
(function () {
  "use strict";
  const isIn = document.currentScript.dataset.newsroom === "in";
  try {
    if (isIn) localStorage.setItem("cliffhanger-newsroom", "1");
    else if (document.body.classList.contains("logged-out")) localStorage.removeItem("cliffhanger-newsroom");
  } catch {
    // Storage is switched off: there will be no "Edit" link, everything else works.
  }
})();
