import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one thing to do next. `danger`: undoes something. `plain`: inside a line of text or a toolbar. */
  look?: 'primary' | 'normal' | 'danger' | 'plain';
  /** While the request runs: the button keeps its focus and does nothing. */
  busy?: boolean;
}

export function Button({ look = 'normal', busy = false, className = '', onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} ${className}`}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
}
