import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RecordType } from '../../../server/contract/columns.js';
import { RECORDS } from '../../../server/contract/records.js';
import type { ReferenceChoice } from '../../ui/reference-field';
import { choicesQuery } from './api';

const PAUSE_MS = 200;

/** What stops changing for a moment. */
export function usePaused<Value>(value: Value, ms = PAUSE_MS): Value {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return paused;
}

/**
 * Finds records for a reference, once somebody looks for one.
 * @param isTyped whether values are `type:code`
 */
export function useChoices(
  types: readonly RecordType[],
  isTyped: boolean,
): { choices: readonly ReferenceChoice[] | null; search: (words: string) => void } {
  const [words, setWords] = useState<string | null>(null);
  const paused = usePaused(words);
  const { data } = useQuery({
    ...choicesQuery(types, paused ?? ''),
    enabled: paused !== null && types.length > 0,
    placeholderData: keepPreviousData,
  });
  const choices = data?.map(({ type, code, name }) => ({
    value: isTyped ? `${type}:${code}` : code,
    code,
    name,
    ...(types.length > 1 ? { kind: RECORDS[type].label.toLowerCase() } : {}),
  }));
  return { choices: choices ?? null, search: setWords };
}
