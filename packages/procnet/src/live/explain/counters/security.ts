/** xfrm_stat and tls_stat. See lines.ts for the columns. A state is an association of IPsec, a template what a policy asks of it. */
export const XFRM_STAT = `
XfrmInError|xfrm_input xfrm_input.c|packets received and dropped for a reason that none of the others names
XfrmInBufferError|xfrm_input xfrm_input.c|packets received and dropped: no memory
XfrmInHdrError|xfrm_input xfrm_input.c|packets received and dropped: a header could not be read
XfrmInNoStates|xfrm_input xfrm_input.c|packets received and dropped: no state has their address, protocol and SPI
XfrmInStateProtoError|xfrm_input xfrm_input.c|packets received and dropped: wrong key, or changed on the way
XfrmInStateModeError|xfrm_input xfrm_input.c|packets received and dropped: the mode of the state does not fit
XfrmInStateSeqError|xfrm_input xfrm_input.c|packets received and dropped: repeated, or too old for the replay window
XfrmInStateExpired|xfrm_input xfrm_input.c|packets received and dropped: the state has expired
XfrmInStateMismatch|xfrm_input xfrm_input.c|packets received and dropped: the state does not fit, as the port of its encapsulation
XfrmInStateInvalid|xfrm_input xfrm_input.c|packets received and dropped: the state is not valid, or no longer
XfrmInTmplMismatch|__xfrm_policy_check xfrm_policy.c|packets received and dropped: they went through other states than their policy asks for
XfrmInNoPols|__xfrm_policy_check xfrm_policy.c|packets received and dropped: no policy is for what was in them
XfrmInPolBlock|__xfrm_policy_check xfrm_policy.c|packets received and dropped: a policy says so
XfrmInPolError|__xfrm_policy_check xfrm_policy.c|packets received and dropped: the policy could not be looked up or applied
XfrmOutError|xfrm_output xfrm_output.c|packets not sent for a reason that none of the others names
XfrmOutBundleGenError|xfrm_resolve_and_create_bundle xfrm_policy.c|packets not sent: the states of their policy could not be put together
XfrmOutBundleCheckError|xfrm_output_one xfrm_output.c|packets not sent: the states put together are no longer valid
XfrmOutNoStates|xfrm_lookup_with_ifid xfrm_policy.c|packets not sent: a policy, but no state for it; the exchange of keys has not happened, or failed
XfrmOutStateProtoError|xfrm_output_one xfrm_output.c|packets not sent: the transformation failed
XfrmOutStateModeError|xfrm_output_one xfrm_output.c|packets not sent: the mode of the state does not fit, or they are too large
XfrmOutStateSeqError|xfrm_replay_overflow xfrm_replay.c|packets not sent: the sequence numbers are used up
XfrmOutStateExpired|xfrm_output_one xfrm_output.c|packets not sent: the state has expired
XfrmOutPolBlock|xfrm_lookup_with_ifid xfrm_policy.c|packets not sent: a policy says so
XfrmOutPolDead|xfrm_bundle_lookup xfrm_policy.c|packets not sent: their policy was just removed
XfrmOutPolError|xfrm_bundle_lookup xfrm_policy.c|packets not sent: the policy could not be looked up or applied
XfrmFwdHdrError|__xfrm_route_forward xfrm_policy.c|packets not forwarded: a header could not be read|3.2 or before
XfrmOutStateInvalid|xfrm_output_one xfrm_output.c|packets not sent: the state is not valid|3.10 or before
XfrmAcquireError|xfrm_state_find xfrm_state.c|packets not sent: the exchange of keys could not be asked for a state|4.14 or before
XfrmOutStateDirError|xfrm_output_one xfrm_output.c|packets not sent: their state is for receiving only|6.10
XfrmInStateDirError|xfrm_input xfrm_input.c|packets received and dropped: their state is for sending only|6.10
XfrmInIptfsError|iptfs_input xfrm_iptfs.c|packets received and dropped: what they carry in IP-TFS is damaged|6.14
XfrmOutNoQueueSpace|iptfs_output_collect xfrm_iptfs.c|packets not sent: the queue of IP-TFS is full|6.18 or before
`;

export const TLS_STAT = `
TlsCurrTxSw|do_tls_setsockopt_conf tls_main.c|sessions open now whose records a CPU encrypts
TlsCurrRxSw|do_tls_setsockopt_conf tls_main.c|sessions open now whose records a CPU decrypts
TlsCurrTxDevice|do_tls_setsockopt_conf tls_main.c|sessions open now that a device encrypts
TlsCurrRxDevice|do_tls_setsockopt_conf tls_main.c|sessions open now that a device decrypts
TlsTxSw|do_tls_setsockopt_conf tls_main.c|sessions opened whose records a CPU encrypts
TlsRxSw|do_tls_setsockopt_conf tls_main.c|sessions opened whose records a CPU decrypts
TlsTxDevice|do_tls_setsockopt_conf tls_main.c|sessions opened that a device encrypts
TlsRxDevice|do_tls_setsockopt_conf tls_main.c|sessions opened that a device decrypts
TlsDecryptError|tls_do_decryption tls_sw.c|records that could not be decrypted: a wrong tag, say
TlsRxDeviceResync|tls_device_resync_rx tls_device.c|times a device had to find the records of a stream again
TlsDecryptRetry|tls_decrypt_sw tls_sw.c|records decrypted twice because they were padded or no data|6.0
TlsRxNoPadViolation|tls_decrypt_sw tls_sw.c|records padded although the program promised that none is|6.0
TlsRxRekeyOk|do_tls_setsockopt_conf tls_main.c|changes of the receiving key|6.14
TlsRxRekeyError|do_tls_setsockopt_conf tls_main.c|changes of the receiving key that failed|6.14
TlsTxRekeyOk|do_tls_setsockopt_conf tls_main.c|changes of the sending key|6.14
TlsTxRekeyError|do_tls_setsockopt_conf tls_main.c|changes of the sending key that failed|6.14
TlsRxRekeyReceived|tls_check_pending_rekey tls_sw.c|messages of peers that change their key|6.14
`;
