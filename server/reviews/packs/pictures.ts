import { Resvg } from '@resvg/resvg-js';
import { ROBOTO } from './roboto.js';

/** Drawings as PNG, for what cannot hold SVG: drawn in Roboto, which comes with the product, so that every machine draws the same. */

/** Letters beyond Latin, Greek and Cyrillic, and signs that Roboto has no shape for. */
const BEYOND_ROBOTO = /[^\n -\u058f\u1e00-\u20bf\u2200-\u2265]/u;

/**
 * A picture of a drawing.
 *
 * @param svg text of SVG
 * @param pixels width of the picture; its height follows
 * @returns a PNG on white. Texts in scripts that Roboto lacks are drawn with the fonts of the machine
 */
export const pngOf = (svg: string, pixels: number): Buffer =>
  new Resvg(svg, {
    fitTo: { mode: 'width', value: Math.round(pixels) },
    background: '#ffffff',
    font: {
      fontFiles: Object.values(ROBOTO),
      loadSystemFonts: BEYOND_ROBOTO.test(svg),
      defaultFontFamily: 'Roboto',
    },
  })
    .render()
    .asPng();
