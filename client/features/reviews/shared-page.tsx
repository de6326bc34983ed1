import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { identityOf, titleOf } from '../../../server/contract/review-identity.js';
import type { SharedReview } from '../../../server/contract/review-after.js';
import type { ReviewDocument } from '../../../server/contract/review.js';
import { ApiError } from '../../lib/http';
import { usePrintedFoot } from '../../lib/printed-foot';
import { Button } from '../../ui/button';
import { Field } from '../../ui/field';
import { PageScopeProvider, type PageScope } from '../../ui/page-scope';
import { openShared } from './agreed-api';
import { Cover } from './cover';
import { ReadingProvider } from './reading';
import { SectionView } from './section-view';
import { instantWords } from './words';
import './reviews.css';
import './share.css';

const typeOf = (error: Error): string => {
  const body = error instanceof ApiError ? error.body : null;
  return typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
};

/** Which link the address names; null where it names none. */
const keptLink = (): string | null => {
  const link = new URLSearchParams(location.search).get('link') ?? '';
  return /^[0-9a-f-]{36}$/.test(link) ? link : null;
};

/** A published review for whoever has its link: the frozen document, nothing of the product around it. */
export function SharedPage() {
  const { token = null } = useParams({ strict: false }) as { token?: string };
  // The link stays in the memory of the page, and nowhere else: the address holds nothing that opens anything.
  const [secret] = useState(token);
  const opening = useMutation({
    mutationFn: (passphrase: string | null) => openShared({ token: secret, link: keptLink(), passphrase }),
    // Which of the links that this browser opened: another tab may read another.
    onSuccess: ({ link }) => history.replaceState(history.state, '', `/r?link=${link}`),
  });
  const { mutate, data, error } = opening;
  useEffect(() => {
    if (secret !== null) history.replaceState(history.state, '', '/r');
    mutate(null);
  }, [mutate, secret]);
  useEffect(() => {
    document.title = data ? titleOf(data.document) : 'Value review';
  }, [data]);
  if (data) return <Shared shared={data} />;
  if (error && typeOf(error) === 'urn:problem:passphrase-required')
    return <Passphrase isWrong={opening.variables !== null} isBusy={opening.isPending} onGiven={mutate} />;
  if (error) return <Closed error={error} retry={() => mutate(opening.variables ?? null)} />;
  if (opening.isPending && opening.variables !== null) return <Passphrase isWrong={false} isBusy onGiven={mutate} />;
  return (
    <main className="shared" aria-busy="true">
      <p role="status" className="visually-hidden">
        Loading
      </p>
    </main>
  );
}

interface PassphraseProps {
  isWrong: boolean;
  isBusy: boolean;
  onGiven: (passphrase: string) => void;
}

function Passphrase({ isWrong, isBusy, onGiven }: PassphraseProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onGiven(String(new FormData(event.currentTarget).get('passphrase') ?? ''));
  };
  return (
    <main className="shared shared-narrow" id="content">
      <h1>This review asks for a passphrase</h1>
      <form className="shared-form" onSubmit={submit}>
        <Field
          label="Passphrase"
          name="passphrase"
          type="password"
          autoComplete="off"
          required
          maxLength={200}
          help="Whoever sent you the link has it."
          error={isWrong ? 'That is not the passphrase. Check it, and enter it again.' : undefined}
        />
        <Button look="primary" type="submit" busy={isBusy}>
          Read the review
        </Button>
      </form>
    </main>
  );
}

function Closed({ error, retry }: { error: Error; retry: () => void }) {
  const isGone = error instanceof ApiError && error.status === 404;
  return (
    <main className="shared shared-narrow" id="content">
      <h1>{isGone ? 'This link leads to no review' : 'The review cannot be shown now'}</h1>
      <p>{isGone ? 'It may be over, or somebody took it back. Ask whoever sent it for a new one.' : error.message}</p>
      {!isGone && <Button onClick={retry}>Try again</Button>}
    </main>
  );
}

function Shared({ shared: { document, sha256, state, expiresAt } }: { shared: SharedReview }) {
  usePrintedFoot(identityOf(document, sha256));
  const hasCover = document.sections.some(({ id }) => id === 'cover');
  return (
    <PageScopeProvider value={scopeOf(document)}>
      <ReadingProvider document={document} isLinked={false}>
        <main className="shared" id="content">
          <header>
            <h1>{titleOf(document)}</h1>
            <p className="about">
              {document.review.organisation} · {identityOf(document, sha256)}
            </p>
            {state === 'superseded' && (
              <p className="notice">
                A newer version of this review stands in its place. Ask whoever sent you this link for it.
              </p>
            )}
          </header>
          {!hasCover && <Cover document={document} sha256={sha256} />}
          {document.sections.map((section) => (
            <SectionView
              key={section.id}
              section={section}
              head={section.id === 'cover' ? <Cover document={document} sha256={sha256} /> : undefined}
            />
          ))}
          <footer className="caption">
            Exactly as frozen: SHA-256 {sha256}. This link ends {instantWords(expiresAt)}.
          </footer>
        </main>
      </ReadingProvider>
    </PageScopeProvider>
  );
}

/** What drawings and tables ask of the page around them; nobody is signed in. */
const scopeOf = ({ review, settings }: ReviewDocument): PageScope => ({
  ...{ period: review.period, portfolio: undefined, orgUnit: undefined, scopeName: review.scope },
  ...{ currency: settings.currency, fiscalYearStartMonth: settings.fiscalYearStart },
  ...{ readsAudit: false, isExample: false },
});
