// A wide table scrolls by itself; let the keyboard reach it.
new MutationObserver(() => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) box.tabIndex = 0
}).observe(document.documentElement, { childList: true, subtree: true })
