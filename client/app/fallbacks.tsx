import type { ErrorComponentProps } from '@tanstack/react-router';
import { ApiError } from '../lib/http';

/** What stands where a page could not. Plain links: the router may be part of what failed. */

export function NotFound() {
  return (
    <main id="content" className="page" tabIndex={-1}>
      <h1>There is no such page</h1>
      <p>
        The address may be mistyped, or the page is not visible to you. <a href="/">Go to the overview</a>
      </p>
    </main>
  );
}

export function PageError({ error }: ErrorComponentProps) {
  const reference = error instanceof ApiError ? error.requestId : null;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <h1>This page cannot be shown</h1>
      <p role="alert">{error instanceof ApiError ? error.message : 'Something went wrong in the page itself.'}</p>
      {reference && (
        <p className="caption">
          Reference <code>{reference}</code>
        </p>
      )}
      <p>
        <a href={location.href}>Try again</a> · <a href="/">Go to the overview</a>
      </p>
    </main>
  );
}
