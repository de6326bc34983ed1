import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EvidenceItem } from '../../../server/contract/evidence.js';
import { ApiError } from '../../lib/http';
import { day, instant } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/overlays';
import { ReasonField } from '../../ui/reason-field';
import { EmailText } from '../records/owner-name';
import { fileAddress, removeEvidence } from './api';
import { Mark } from './mark';
import { levelWord, provesWord, sizeWord } from './words';

interface EvidenceRowProps {
  item: EvidenceItem;
  mayWrite: boolean;
  onChange: () => void;
}

/** One item: what it is, what it proves and until when, who added it. */
export function EvidenceRow({ item, mayWrite, onChange }: EvidenceRowProps) {
  const { title, note, url, file, expiresOn, isExpired, level } = item;
  return (
    <div className="proof-item">
      <div className="proof-main">
        <p className="proof-title">
          {url !== null && (
            <a href={url} target="_blank" rel="noopener noreferrer nofollow">
              {title}
              <span className="visually-hidden"> (opens in a new window)</span>
            </a>
          )}
          {file !== null && (
            <a href={fileAddress(item)} download={file.name}>
              {title}
            </a>
          )}
          {url === null && file === null && <strong>{title}</strong>}
        </p>
        {note !== null && <p className="prewrap">{note}</p>}
        <p className="caption">
          {kindWord(item)} · {provesWord(item)}
          {expiresOn !== null && !isExpired && ` · counts until ${day(expiresOn)}`}
          {' · '}
          <EmailText address={item.addedBy} />, {instant(item.addedAt)}
        </p>
      </div>
      <p className={`proof-mark ${isExpired ? 'proof-bad' : ''}`}>
        <Mark of={isExpired ? 'broken' : level === 0 ? 'open' : 'holds'} />
        {levelWord(item)}
        {isExpired && expiresOn !== null && `, since ${day(expiresOn)}`}
      </p>
      <div className="actions proof-actions">
        {file !== null && (
          <a className="button button-plain" href={fileAddress(item)} download={file.name}>
            Download<span className="visually-hidden"> {title}</span>
          </a>
        )}
        {mayWrite && (
          <>
            <Button look="plain" aria-label={`Change ${title}`} onClick={onChange}>
              Change
            </Button>
            <RemoveButton item={item} />
          </>
        )}
      </div>
    </div>
  );
}

const kindWord = ({ kind, file, url }: EvidenceItem): string => {
  if (file !== null) return `File ${file.name}, ${sizeWord(file.bytes)}`;
  return kind === 'link' ? `Link to ${new URL(url!).host}` : 'Text';
};

/** Takes an item away, after asking. */
function RemoveButton({ item }: { item: EvidenceItem }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const queryClient = useQueryClient();
  const removal = useMutation({
    mutationFn: () => removeEvidence(item, reason),
    onSuccess: async () => {
      setOpen(false);
      await queryClient.invalidateQueries();
      document.getElementById('evidence-head')?.focus();
    },
  });
  const isStale = removal.error instanceof ApiError && removal.error.status === 412;
  return (
    <>
      <Button
        look="plain"
        aria-label={`Remove ${item.title}`}
        onClick={() => {
          removal.reset();
          setOpen(true);
        }}
      >
        Remove
      </Button>
      <ConfirmDialog title="Remove this evidence?" isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          <strong>{item.title}</strong> then proves no value, and nobody can open it any more. That it was there stays
          in the history.
        </p>
        <ReasonField value={reason} onChange={setReason} />
        {removal.error && (
          <div className="failure" role="alert">
            <p>
              <span aria-hidden="true">▲ </span>
              {isStale
                ? 'Someone changed it since you read it. Close this, look again, then decide.'
                : removal.error.message}
            </p>
          </div>
        )}
        <div className="actions">
          <Button look="danger" busy={removal.isPending} onClick={() => removal.mutate()}>
            Remove
          </Button>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </div>
      </ConfirmDialog>
    </>
  );
}
