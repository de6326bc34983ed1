import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ReviewAction } from '../../../server/contract/review-after.js';
import { RecordForm } from './agreed-form';

type Kind = ReviewAction['kind'];
interface Recording {
  id: number;
  kind: Kind;
  /** Sent, and neither acknowledged nor refused: the wall shows nothing of it. */
  isSent: boolean;
}

const WORDS: Record<Kind, string> = { action: 'Action', decision: 'Decision' };

/**
 * What the meeting decides, a form at a time. A form goes from the wall as soon as it is sent, so that the next key is the page's again; one that is
 * refused comes back with its text, once nobody writes in another.
 * @param review its code
 * @param say tells what became of it
 */
export function usePresentedRecords(review: string, say: (words: string) => void) {
  const [recordings, setRecordings] = useState<readonly Recording[]>([]);
  const open = recordings.findLast(({ isSent }) => !isSent);
  const remove = (id: number) => setRecordings((all) => all.filter((each) => each.id !== id));
  const mark = (id: number, isSent: boolean) =>
    setRecordings((all) => all.map((each) => (each.id === id ? { ...each, isSent } : each)));
  return {
    isOpen: open !== undefined,
    record: (kind: Kind) => {
      say('');
      setRecordings((all) => [...all, { id: (all.at(-1)?.id ?? 0) + 1, kind, isSent: false }]);
    },
    forms: recordings.map(({ id, kind }) => (
      <Recorded key={id} isShown={id === open?.id}>
        <RecordForm
          {...{ review, kind }}
          onSent={() => {
            mark(id, true);
            say(`Saving the ${kind}`);
            focusPage();
          }}
          onRefused={() => {
            mark(id, false);
            say(`${WORDS[kind]} not recorded`);
          }}
          onDone={() => {
            remove(id);
            say(`${WORDS[kind]} recorded`);
          }}
          onCancel={() => {
            remove(id);
            focusPage();
          }}
        />
      </Recorded>
    )),
  };
}

const focusPage = (): void => document.getElementById('content')?.focus({ preventScroll: true });

/** A form that comes back has the focus again where it says what is wrong. */
function Recorded({ isShown, children }: { isShown: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isShown) box.current?.querySelector<HTMLElement>('[role="alert"]')?.focus();
  }, [isShown]);
  return (
    <div ref={box} className="presented-record" hidden={!isShown}>
      {children}
    </div>
  );
}
