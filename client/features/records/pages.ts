export { RecordFormPage } from './record-form-page';
export { RecordPage } from './record-page';
export { RegisterPage } from './register-page';
