import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState, type FormEvent } from 'react';
import { safeReturn } from '../../lib/address';
import { ApiError } from '../../lib/http';
import { Button } from '../../ui/button';
import { ErrorSummary, Field, type SummaryError } from '../../ui/field';
import { sessionQuery, signIn } from './api';
import './sign-in.css';

/** After the form: who has a sign-in of their own does not wait for the example's. */
const SignIns = lazy(() => import('../example/sign-ins'));

/** E-mail and password; leads back to the page that asked for it. */
export function SignInPage() {
  const { return: wanted } = useSearch({ strict: false }) as { return?: string };
  const router = useRouter();
  const queryClient = useQueryClient();
  const [missing, setMissing] = useState<SummaryError[]>([]);
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (who) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, who);
      router.history.replace(safeReturn(wanted));
    },
  });
  const wait = useCountdown(
    attempt.error instanceof ApiError ? attempt.error.retryAfterSeconds : null,
    attempt.submittedAt,
  );
  const errors = useMemo(
    () => (missing.length > 0 ? missing : attempt.error ? [refusalOf(attempt.error)] : []),
    [missing, attempt.error],
  );

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, password] = [String(form.get('email') ?? '').trim(), String(form.get('password') ?? '')];
    const absent: SummaryError[] = [];
    if (email === '') absent.push({ message: EMAIL_MISSING, fieldId: 'email' });
    if (password === '') absent.push({ message: PASSWORD_MISSING, fieldId: 'password' });
    setMissing(absent);
    if (absent.length === 0 && wait === 0) attempt.mutate({ email, password });
  };

  const errorAt = (id: string) => missing.find(({ fieldId }) => fieldId === id)?.message;
  return (
    <main className="sign-in">
      <form className="card sign-in-card" onSubmit={submit} noValidate>
        <p className="product">
          <img src="/favicon.svg" width="24" height="24" alt="" /> Throughline
        </p>
        <h1>Sign in</h1>
        <ErrorSummary title="You are not signed in" errors={errors} />
        {wait > 0 && (
          <p className="sign-in-wait">
            You can try again in <strong className="figures">{inWords(wait)}</strong>.
          </p>
        )}
        <Field
          id="email"
          name="email"
          type="email"
          label="E-mail"
          autoComplete="username"
          error={errorAt('email')}
          autoFocus
        />
        <Field
          id="password"
          name="password"
          type="password"
          label="Password"
          autoComplete="current-password"
          error={errorAt('password')}
        />
        <Button type="submit" look="primary" busy={attempt.isPending || wait > 0}>
          {attempt.isPending ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
      <Suspense>
        <SignIns onChoose={(credentials) => attempt.mutate(credentials)} busy={attempt.isPending || wait > 0} />
      </Suspense>
    </main>
  );
}

const EMAIL_MISSING = 'Enter your e-mail.';
const PASSWORD_MISSING = 'Enter your password.';

/** What the server says is a sentence already; which of the two was wrong is not told to anyone. */
function refusalOf(error: Error): SummaryError {
  if (error instanceof ApiError && error.status === 401) return { message: error.message, fieldId: 'email' };
  return { message: error.message };
}

const inWords = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

/** Seconds left of so many, counted from the moment of `start`. */
function useCountdown(seconds: number | null, start: number): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (seconds === null) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [seconds, start]);
  if (seconds === null) return 0;
  const passed = Math.max(0, now - start) / 1000;
  return Math.max(0, Math.ceil(seconds - passed));
}
