// The one way in which elements are made. Texts are texts: nothing here, or anywhere on the page, reads markup.

export const byId = (id) => document.getElementById(id);

/** Makes an element; `what` has its class, text, attributes and listeners. */
export function el(tag, what = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(what)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }

    if (name === "class") {
      element.className = value;
    } else if (name === "text") {
      element.textContent = value;
    } else if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }

  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const svg = "http://www.w3.org/2000/svg";

export function svgEl(tag, attributes = {}, ...children) {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }

  element.append(...children);
  return element;
}

/** One of the drawings in index.html. */
export function icon(name) {
  return svgEl("svg", { class: "icon", "aria-hidden": "true" }, svgEl("use", { href: `#icon-${name}` }));
}

/** Sets a text if it is another: what has not changed is not drawn again. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

export function setHidden(element, hidden) {
  if (element.hidden !== hidden) {
    element.hidden = hidden;
  }
}

/** Makes the children of a parent those of a list, in its order; what is there already stays and keeps its focus. */
export function place(parent, wanted) {
  let cursor = parent.firstChild;
  for (const element of wanted) {
    if (element === cursor) {
      cursor = cursor.nextSibling;
    } else {
      parent.insertBefore(element, cursor);
    }
  }

  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}
