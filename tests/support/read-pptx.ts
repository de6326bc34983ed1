import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { unzipped } from '../../server/reviews/packs/zip.js';

/** An element of a part. */
export interface Element {
  name: string;
  of: Record<string, string>;
  text: string;
  inside: readonly Element[];
}
/** All elements of a part in their order; it has to be well-formed. */
export function elementsOf(xml: string): Element[] {
  const [found, open]: [Element[], Element[]] = [[], []];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const element = { name, of: attributes, text: '', inside: [...open] };
    found.push(element);
    open.push(element);
  });
  parser.on('text', (text) => open.forEach((element) => (element.text += text)));
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return found;
}
export const named = (elements: readonly Element[], name: string) =>
  elements.filter((element) => element.name === name);

/** A presentation, opened. */
export class Opened {
  readonly slides: Element[][];
  readonly notes: Element[][];

  constructor(readonly files: ReadonlyMap<string, Buffer>) {
    this.slides = this.parts('ppt/slides/slide');
    this.notes = this.parts('ppt/notesSlides/notesSlide');
  }
  static async of(bytes: Uint8Array): Promise<Opened> {
    return new Opened(await unzipped(bytes));
  }
  part(name: string): string {
    return this.files.get(name)!.toString('utf8');
  }
  private parts(start: string): Element[][] {
    const count = [...this.files.keys()].filter((name) => name.startsWith(start)).length;
    return Array.from({ length: count }, (_, at) => elementsOf(this.part(`${start}${at + 1}.xml`)));
  }
  /** Of a slide, by number from 0. */
  texts(slide: number): string[] {
    return named(this.slides[slide]!, 'a:t').map(({ text }) => text);
  }
  title(slide: number): string {
    const shape = this.slides[slide]!.find(({ name, of }) => name === 'p:ph' && of['type'] === 'title')!.inside.find(
      ({ name }) => name === 'p:sp',
    )!;
    return shape.text.trim();
  }
  noted(slide: number): string[] {
    return named(this.notes[slide]!, 'a:t').map(({ text }) => text);
  }
  get all(): string {
    return this.slides.map((_, at) => this.texts(at).join('\n')).join('\n');
  }
}
