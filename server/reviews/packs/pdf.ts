import { chromiumPdf, ChromiumFailed, installedChromium } from './chromium.js';
import { htmlOf } from './html.js';
import { packInstant, type PackInput } from './pack.js';
import { paperOf } from './paper.js';
import { pdfmakePdf } from './pdfmake.js';

/** A review as a PDF, and what is true of the file. */
export interface PrintedPdf {
  readonly bytes: Uint8Array;
  /** Whether it has headings, tables and pictures told apart for screen readers. */
  readonly tagged: boolean;
  /** `Chromium 150`, `pdfmake`. */
  readonly by: string;
  /** Why no browser printed it, where one is here. */
  readonly problem: string | null;
}

/**
 * The pages of a review: by the browser of the machine, and where there is none, or it fails, by a library. The same words stand in both.
 *
 * @param chromium its program; null: there is none. Left out, it is looked for
 */
export const pdfOf = async (
  { document, sha256 }: Pick<PackInput, 'document' | 'sha256'>,
  chromium: string | null = installedChromium(),
): Promise<PrintedPdf> => {
  const paper = paperOf(document, sha256);
  const at = packInstant(document);
  let problem: string | null = null;
  if (chromium !== null) {
    try {
      const { bytes, version } = await chromiumPdf(chromium, htmlOf(paper), at);
      return { bytes, tagged: true, by: `Chromium ${version}`, problem };
    } catch (error) {
      if (!(error instanceof ChromiumFailed)) throw error;
      problem = error.message;
    }
  }
  return { bytes: await pdfmakePdf(paper, at), tagged: false, by: 'pdfmake', problem };
};
