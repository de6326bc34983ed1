/** The pages of services, fetched together. */
export { ServicePage } from './service-page';
export { ServicesPage } from './services-page';
