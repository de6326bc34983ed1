import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FOLDER = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');

/** The font of all packs: it comes with the product, its digits are of one width, and drawings are measured in it. */
export const ROBOTO = { normal: join(FOLDER, 'Roboto-Regular.ttf'), bold: join(FOLDER, 'Roboto-Medium.ttf') } as const;
