import { useNavigate, useSearch } from '@tanstack/react-router';

/**
 * One of a few ways to show something, kept in the address: `?profile=cumulative`. The usual way is not written there, and a word that is
 * none of the choices stands for it.
 */
export function useAddressChoice<Value extends string>(
  name: string,
  choices: readonly { value: Value }[],
  usual: Value,
): readonly [chosen: Value, choose: (value: Value) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const choose = (value: Value) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, [name]: value === usual ? undefined : value }),
      replace: true,
      resetScroll: false,
    });
  return [choices.find(({ value }) => value === search[name])?.value ?? usual, choose];
}
