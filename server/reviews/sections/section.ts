import type { EntityManager } from 'typeorm';
import type { Principal } from '../../access/principal.js';
import type { Overview, Profile } from '../../contract/overview.js';
import type { ReviewDocument, ReviewDrawing, ReviewSectionId, ReviewTable } from '../../contract/review.js';
import type { TableId } from '../../core/review/table-sentences.js';
import type { NamedReview } from '../../contract/review-named.js';
import type { Reading } from '../../http/reading.js';
import type { FigureBook } from '../figures.js';
import type { People } from '../people.queries.js';
import type { ReviewSources } from '../sources.js';

/** What sections are written from: one state of the data, read once. */
export interface Material {
  readonly manager: EntityManager;
  readonly reading: Reading;
  readonly who: Principal;
  /** Figures come from here, so that each stands in the document with all that is said of it. */
  readonly book: FigureBook;
  /** What writes the answers of other pages, for sections that say the same. */
  readonly sources: ReviewSources;
  readonly overview: Overview;
  readonly profile: Profile;
  /** What people are called, by their address: what is handed out names them so. */
  readonly people: People;
  /** The review of an earlier quarter with which this one is compared. */
  readonly previous: NamedReview | null;
  /** Its document. */
  readonly before: ReviewDocument | null;
  /** Drawings of the frozen review whose sections are written again: they are drawn, whether they would be today or not. */
  readonly drawn: readonly string[];
}

/** A table of a section: with an id by which a sentence says what it says. */
export type WrittenTable = ReviewTable & { readonly id: TableId };

/** A section as the rules write it. */
export interface Written {
  /** A sentence with chips: what the page says. */
  readonly title: string;
  /** Who, what, when. */
  readonly about: string;
  readonly sentences: readonly { readonly id: string; readonly text: string }[];
  readonly tables: WrittenTable[];
  readonly drawings: ReviewDrawing[];
}

/** A section of the review: what it is and how it is written. */
export interface SectionRule {
  readonly id: ReviewSectionId;
  write(material: Material): Promise<Written>;
}
