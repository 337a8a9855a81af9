// The page's elements: made here, and filled with text only as text nodes, so that nothing a model holds can ever run.

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return the element of this id; the template has it.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * @template {Element} Made
 * @param {Made} made
 * @param {Props} props
 * @param {Child[]} children
 */
function filled(made, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  made.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "0")));
  return made;
}

/**
 * Make an element: attributes (`true` for one without a value), listeners by the name of their event, children.
 * @param {string} tag
 * @param {Props} [props]
 * @param {...Child} children
 */
export function el(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

/**
 * Return children with a blank between them: what stands apart by the page's style alone is one word for what takes the text
 * without it, as a mail or a search does.
 * @param {...Child} children
 * @returns {Child[]}
 */
export function apart(...children) {
  return children.filter(Boolean).flatMap((child, number) => (number ? [" ", child] : [child]));
}

/**
 * Make an element of SVG.
 * @param {string} tag
 * @param {Props} [props]
 * @param {...Child} children
 */
export function svg(tag, props = {}, ...children) {
  return filled(/** @type {SVGElement} */ (document.createElementNS(SVG, tag)), props, children);
}

/**
 * Announce something to those who do not see it happen.
 * @param {string} text
 */
export function say(text) {
  byId("status").textContent = text;
}

/**
 * A custom property of page.css, as it is in the theme in use.
 * @param {string} name
 */
export function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
