import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchResult, type SearchResult } from '../../server/contract/search.js';
import { call } from '../lib/http';
import { isRegistered, recordPath, registerOf } from '../lib/registers';
import { recentRecords } from './recent';

/** What the palette finds, and how. */

export type FoundRecord = SearchResult['items'][number];

export interface Item {
  id: string;
  label: string;
  /** The type of a record, the key of an action. */
  hint?: string;
  code?: string;
  run: () => void;
}

export interface ItemGroup {
  id: string;
  title: string;
  items: Item[];
}

/** Records by code or name, best first. */
export const searchQuery = (words: string) =>
  queryOptions({
    queryKey: ['search', words],
    queryFn: ({ signal }) => call('/search', searchResult, { query: { q: words, limit: '12' }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });

/** Every word somewhere in the text, whatever its case. */
export function holdsWords(text: string, words: string): boolean {
  const hay = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

export const typeWord = ({ type }: FoundRecord): string => registerOf(type)?.one ?? type;

/** Where a decision, a service or a metric has its page; own indicators stand on one. */
const PLACES = {
  decision: (code: string) => `/decisions/${code}`,
  service: (code: string) => `/services/${code}`,
  metric: (code: string) => `/metrics/${code}`,
  indicator: () => '/indicators',
} as const;

/** The page of what was found. */
export const foundPath = ({ type, code }: FoundRecord): string =>
  isRegistered(type) ? recordPath(type, code) : PLACES[type](encodeURIComponent(code));

/** What its address says beside the path: the page of own indicators opens the months of the one that it names. */
export const foundSearch = ({ type, code }: FoundRecord): { show?: string } =>
  type === 'indicator' ? { show: code } : {};

/** Records that were opened from here before. */
export function recentItems(): FoundRecord[] {
  const stored = searchResult.shape.items.safeParse(recentRecords());
  return stored.success ? stored.data : [];
}
