/** Who answers for a record, as short as it can be told apart; the whole address under the pointer. */
export function Owner({ email }: { email: string }) {
  return (
    <span className="owner" title={email}>
      {email.split('@')[0]}
    </span>
  );
}
