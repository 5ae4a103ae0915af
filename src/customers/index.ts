export { addCustomer } from './add-customer.ts';
export { getCustomer } from './find-customer.ts';
export type { CustomerRow } from './store.ts';
