/** Under way. */
export const RegisterPage = () => <main id="content" className="page" tabIndex={-1} />;
