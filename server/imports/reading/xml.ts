import { SaxesParser } from 'saxes';
import type { Chunks } from './text.js';
import { UnreadableFile } from './unreadable-file.js';

/** Longest run of XML without a tag. A cell holds at most 32,767 characters; beyond this somebody fills our memory. */
const LONGEST_PIECE = 1024 * 1024;
const DEEPEST = 64;
/** Longest text of one cell, in characters, all its runs together. Spreadsheets allow 32,767 or 50,000. */
const LONGEST_TEXT = 65_536;

export interface XmlEvents {
  /** `name` is without prefix. */
  open?(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * A streaming XML reader for files of strangers: no DOCTYPE, hence no entities of their own; bounded depth and pieces.
 * @throws UnreadableFile 422 `xml.doctype`, `xml.damaged`, `xml.depth`; 413 `xml.piece`
 */
export class XmlReader {
  private readonly parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private depth = 0;
  private sinceTag = 0;

  constructor(
    private readonly part: string,
    events: XmlEvents,
  ) {
    this.parser.on('doctype', () => this.refuseDoctype());
    this.parser.on('opentag', (tag) => {
      this.sinceTag = 0;
      this.depth += 1;
      if (this.depth > DEEPEST) throw new UnreadableFile(422, 'xml.depth', `${part} is nested too deeply.`);
      events.open?.(localName(tag.name), tag.attributes);
    });
    this.parser.on('closetag', (tag) => {
      this.sinceTag = 0;
      this.depth -= 1;
      events.close?.(localName(tag.name));
    });
    if (events.text) {
      const text = events.text.bind(events);
      this.parser.on('text', text);
      this.parser.on('cdata', text);
    }
    this.parser.on('error', (error) => {
      throw error;
    });
  }

  push(chunk: Buffer): void {
    this.sinceTag += chunk.length;
    this.guarded(() => this.parser.write(this.decoder.decode(chunk, { stream: true })));
    if (this.sinceTag > LONGEST_PIECE) {
      throw new UnreadableFile(413, 'xml.piece', `${this.part} holds a single text of more than 1 MB.`);
    }
  }

  end(): void {
    this.guarded(() => {
      this.parser.write(this.decoder.decode());
      this.parser.close();
    });
  }

  private guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      throw new UnreadableFile(
        422,
        'xml.damaged',
        `${this.part} is damaged: it is not well-formed XML. Save the workbook again.`,
      );
    }
  }

  private refuseDoctype(): never {
    throw new UnreadableFile(
      422,
      'xml.doctype',
      `${this.part} declares a document type, which no workbook needs. It was not read.`,
    );
  }
}

/** `text` and the next run of it, as long as a cell may be. @throws UnreadableFile 413 `xml.piece` */
export function joined(text: string, run: string, part: string): string {
  if (text.length + run.length <= LONGEST_TEXT) return text + run;
  throw new UnreadableFile(413, 'xml.piece', `${part} holds a text of more than ${LONGEST_TEXT} characters.`);
}

/** Reads a whole part of a workbook. */
export async function readXml(chunks: Chunks, part: string, events: XmlEvents): Promise<void> {
  const reader = new XmlReader(part, events);
  for await (const chunk of chunks) reader.push(chunk);
  reader.end();
}

/** Some writers prefix every tag: `x:row` is `row`. */
function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
