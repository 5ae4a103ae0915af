export { Enter as Invitation } from './Enter.tsx';
