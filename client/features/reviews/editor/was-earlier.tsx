import { chipsOf } from '../../../../server/contract/narrative.js';
import { useReading } from '../reading';
import type { Earlier } from './looks';

/** Of the figures in a text of the rules those that are others than when somebody looked at the draft before, each with what it was. */
export function WasEarlier({ text, earlier }: { text: string; earlier: ReadonlyMap<string, Earlier> }) {
  const { figures } = useReading().document;
  return [...new Set(chipsOf(text))].map((key) => {
    const [then, figure] = [earlier.get(key), figures[key]];
    return (
      then &&
      figure && (
        <p key={key} className="caption sentence-was">
          {figure.title} {figure.text}: was {then.was} {then.when}
        </p>
      )
    );
  });
}
