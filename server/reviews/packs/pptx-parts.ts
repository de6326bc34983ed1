import { unzipped, zipped } from './zip.js';

/** What the library writes into a presentation and does not let us say, said in its parts. */

const stamp = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Each paragraph of notes as one of its own: the library writes them as one, with line ends that readers do not show. */
const paragraphs = (xml: string): string =>
  xml.replace(
    /<a:p><a:r>(<a:rPr [^>]*\/>)<a:t>([^<]*)<\/a:t><\/a:r><a:endParaRPr[^>]*\/><\/a:p>/,
    (_, look: string, text: string) =>
      text
        .split(/\r?\n/)
        .map((line) => (line === '' ? '<a:p/>' : `<a:p><a:r>${look}<a:t>${line}</a:t></a:r></a:p>`))
        .join(''),
  );

/** Shapes of a slide with numbers that no other has: tables get theirs from a product that others may have. */
const numbered = (xml: string): string => {
  let last = 0;
  return xml.replace(/<p:cNvPr id="\d+"/g, () => `<p:cNvPr id="${(last += 1)}"`);
};

function mended(name: string, xml: string, at: Date): string {
  const british = xml.replace(/ altLang="[^"]*"/g, '').replaceAll('lang="en-US"', 'lang="en-GB"');
  if (name === 'docProps/core.xml')
    return british.replace(/(<dcterms:(created|modified) [^>]*>)[^<]*/g, (_, tag: string) => tag + stamp(at));
  if (name.startsWith('ppt/notesSlides/notesSlide')) return paragraphs(british);
  if (name.startsWith('ppt/slides/slide')) return numbered(british).replaceAll('<a:tblPr/>', '<a:tblPr firstRow="1"/>');
  return british;
}

/** A presentation with its header rows marked, in British English, stamped with one instant: the same bytes whenever it is made. */
export async function finished(presentation: Uint8Array, at: Date): Promise<Buffer> {
  const files = await unzipped(presentation);
  return zipped(
    new Map(
      [...files]
        .filter(([name]) => !name.endsWith('/'))
        .map(([name, content]) => [
          name,
          /\.(xml|rels)$/.test(name) ? mended(name, content.toString('utf8'), at) : content,
        ]),
    ),
    at,
  );
}
