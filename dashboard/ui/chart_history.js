// One entry of the history a page. Streamlit adds another for every parameter that a script
// writes into the address, so that Back would lead to the same page, again and again; what a
// widget writes replaces the address, and so it is here for both.

const push = history.pushState;

history.pushState = function (state, title, url) {
  const same = url != null && new URL(url, location.href).pathname === location.pathname;
  return (same ? history.replaceState : push).call(history, state, title, url);
};
