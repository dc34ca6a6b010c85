/** dev and softnet_stat, by the names that their rows have here. See lines.ts for the columns. */
export const DEV = `
recvBytes|dev_seq_printf_stats net-procfs.c|bytes received
recvPackets|dev_seq_printf_stats net-procfs.c|packets received
recvErrs|dev_seq_printf_stats net-procfs.c|receive errors of all kinds, as the driver counts them
recvDrop|dev_seq_printf_stats net-procfs.c|packets dropped on receipt: no buffer, or nobody wanted them; rx_dropped and rx_missed_errors together
recvFifo|dev_seq_printf_stats net-procfs.c|overruns of the receive FIFO
recvFrame|dev_seq_printf_stats net-procfs.c|packets received of wrong length, checksum or alignment
recvCompressed|dev_seq_printf_stats net-procfs.c|compressed packets received
recvMulticast|dev_seq_printf_stats net-procfs.c|multicast packets received
sentBytes|dev_seq_printf_stats net-procfs.c|bytes sent
sentPackets|dev_seq_printf_stats net-procfs.c|packets sent
sentErrs|dev_seq_printf_stats net-procfs.c|errors of sending of all kinds, as the driver counts them
sentDrop|dev_seq_printf_stats net-procfs.c|packets dropped before sending
sentFifo|dev_seq_printf_stats net-procfs.c|errors of the sending FIFO
sentColls|dev_seq_printf_stats net-procfs.c|collisions on the wire
sentCarrier|dev_seq_printf_stats net-procfs.c|packets not sent for want of a carrier, aborted, too late, or without heartbeat
sentCompressed|dev_seq_printf_stats net-procfs.c|compressed packets sent
`;

export const SOFTNET_STAT = `
processed|__netif_receive_skb_core dev.c|packets this CPU received, loopback among them; one that passes several devices counts several times
dropped|enqueue_to_backlog dev.c|packets dropped because the queue of this CPU was full (netdev_max_backlog)
timeSqueeze|net_rx_action dev.c|rounds of polling that ended with work left, for want of budget or time (netdev_budget)
cpuCollision|softnet_seq_show net-procfs.c|collisions of CPUs that wanted to send by one device; always 0 since Linux 4.8
receivedRps|rps_trigger_softirq dev.c|times another CPU woke this one to process packets|2.6.35
flowLimitCount|skb_flow_limit dev.c|packets dropped by the limit of one flow|3.11
backlogLength|softnet_seq_show net-procfs.c|packets that wait for this CPU now|5.7
cpu|softnet_seq_show net-procfs.c|number of the CPU, no count|5.7
inputQueueLength|softnet_seq_show net-procfs.c|packets that wait now and were queued by other CPUs and drivers|6.4
processQueueLength|softnet_seq_show net-procfs.c|packets that wait now and this CPU has taken to process|6.4
`;
