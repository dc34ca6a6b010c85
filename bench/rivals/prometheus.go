// For each line of input: milliseconds and rows of one NetTCP().
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/prometheus/procfs"
)

func main() {
	fs, err := procfs.NewDefaultFS()
	if err != nil {
		log.Fatal(err)
	}
	for rounds := bufio.NewScanner(os.Stdin); rounds.Scan(); {
		start := time.Now()
		rows, err := fs.NetTCP()
		elapsed := time.Since(start)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%.3f %d\n", elapsed.Seconds()*1e3, len(rows))
	}
}
