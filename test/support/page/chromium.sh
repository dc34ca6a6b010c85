#!/bin/sh
# Chromium in the network of the machine whose first process is $PROCNET_TEST_NETWORK: nothing leads out of it.
exec nsenter --target "$PROCNET_TEST_NETWORK" --net -- /usr/bin/chromium "$@"
