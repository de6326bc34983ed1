/** Under way. */
export const AuditPage = () => <main id="content" className="page" tabIndex={-1} />;
