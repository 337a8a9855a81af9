// A picture as a file: SVG that stands alone, and PNG made of it.

/**
 * Return a picture as a file of SVG.
 * @param {SVGElement} picture
 */
export function svgFile(picture) {
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`], { type: "image/svg+xml" });
}

/** What browsers still draw on: more on a side, and they give back nothing. */
const MOST_PIXELS = 8192;

/**
 * Return a picture as a file of PNG, at twice its size unless another is named.
 * @param {SVGElement} picture
 * @param {number} [times]
 * @returns {Promise<Blob>}
 */
export async function pngFile(picture, times = 2) {
  const [wide, high] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const scale = Math.min(times, MOST_PIXELS / wide, MOST_PIXELS / high);
  const address = URL.createObjectURL(svgFile(picture));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(wide * scale), Math.round(high * scale)];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
