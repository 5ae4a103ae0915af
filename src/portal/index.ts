export { listOpenRequests, type OpenRequest } from './list-open-requests.ts';
