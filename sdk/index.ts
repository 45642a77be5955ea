export { ConsistencyGroup } from "./consistencyGroup";
export type {
  ConsistencyGroupArgs,
  ConsistencyGroupState,
  ConsistencyGroupTimeouts,
} from "./consistencyGroup";
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider";
