export { closest, suggestion } from "procnet/view";
