import { useState, type ReactNode } from 'react';
import { Button } from './button';
import { ReasonField } from './reason-field';

interface QuickReason {
  /** As it was typed; blank where nobody said why. */
  reason: string;
  /** Opens the field, or takes it away with what was typed: what is not in sight is not sent. */
  button: ReactNode;
  /** The field, while it is open. */
  field: ReactNode;
  /** Done: the next choice has a reason of its own. */
  clear: () => void;
}

/**
 * Why something is changed that takes one click: behind a word beside it, so that it stays one click.
 *
 * @param of what is done: `Undo the entry of 3 Nov 2026`
 * @param then what is to be pressed after it was typed: `undo`
 */
export function useQuickReason(of: string, then: string): QuickReason {
  const [typed, setTyped] = useState<string | null>(null);
  const isOpen = typed !== null;
  return {
    reason: typed ?? '',
    button: (
      <Button
        look="plain"
        aria-expanded={isOpen}
        aria-label={`Why? ${of}`}
        onClick={() => setTyped(isOpen ? null : '')}
      >
        Why?
      </Button>
    ),
    field: isOpen && (
      <ReasonField
        value={typed}
        onChange={setTyped}
        help={`Write it, then ${then}. It is read in the next review and in the audit trail.`}
        autoFocus
      />
    ),
    clear: () => setTyped(null),
  };
}
