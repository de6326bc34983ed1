import { useQuery } from '@tanstack/react-query';
import type { Example } from '../../../server/contract/example.js';
import { apiPath } from '../../lib/http';
import { SIGN_INS_KEY } from './sign-ins-key';
import './sign-ins.css';

type SignIn = Example['signIns'][number];

const FIELDS = ['role', 'name', 'email', 'password', 'purpose'] as const;

const isSignIn = (value: unknown): value is SignIn =>
  typeof value === 'object' && value !== null && FIELDS.every((field) => typeof (value as SignIn)[field] === 'string');

/** Read by hand: the schema of the contract would double what the page for signing in loads. */
const readExample = (body: unknown): Pick<Example, 'name' | 'signIns'> | null => {
  const { isLoaded, name, signIns } = body as Partial<Example>;
  if (isLoaded !== true || typeof name !== 'string' || !Array.isArray(signIns) || !signIns.every(isSignIn)) return null;
  return { name, signIns };
};

const ROLE_WORDS: Record<SignIn['role'], string> = {
  admin: 'Administrator',
  cio: 'CIO',
  portfolio_manager: 'Portfolio manager',
  finance: 'Finance',
  stakeholder: 'Stakeholder',
};

interface SignInsProps {
  onChoose: (credentials: { email: string; password: string }) => void;
  /** While a sign-in runs. */
  busy: boolean;
}

/** The people of the example, one a role, each a click away; nothing where it is not loaded. */
export default function SignIns({ onChoose, busy }: SignInsProps) {
  const { data } = useQuery({
    queryKey: SIGN_INS_KEY,
    queryFn: async ({ signal }) => {
      const response = await fetch(apiPath('/example'), { headers: { accept: 'application/json' }, signal });
      return response.ok ? readExample(await response.json()) : null;
    },
    retry: false,
  });
  if (!data || data.signIns.length === 0) return null;
  const passwords = new Set(data.signIns.map(({ password }) => password));
  return (
    <section className="card sign-ins" aria-labelledby="sign-ins-title">
      <h2 id="sign-ins-title">Or look around the example</h2>
      <p>{data.name} is made up, with every name and number. Sign in as one of its people:</p>
      <ul>
        {data.signIns.map(({ role, name, email, password, purpose }) => (
          <li key={email}>
            <button
              type="button"
              className="sign-ins-person"
              aria-disabled={busy || undefined}
              onClick={() => {
                if (!busy) onChoose({ email, password });
              }}
            >
              <span className="sign-ins-name">
                <strong>{ROLE_WORDS[role]}</strong> · {name}
              </span>
              <span className="sign-ins-email">
                {email}
                {passwords.size > 1 && ` · ${password}`}
              </span>
              <span className="sign-ins-purpose">{purpose}</span>
            </button>
          </li>
        ))}
      </ul>
      {passwords.size === 1 && (
        <p className="caption">
          The password of all of them is <code>{data.signIns[0]!.password}</code>
        </p>
      )}
    </section>
  );
}
